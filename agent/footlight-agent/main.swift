print("footlight-agent")
